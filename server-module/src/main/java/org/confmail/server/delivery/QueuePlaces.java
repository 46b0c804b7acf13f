package org.confmail.server.delivery;

import java.nio.file.Path;

/**
 * The directories and files of delivery in the home.
 *
 * @param queue exists, and belongs to this server alone
 * @param damaged where files go that are no entries; made when one is found
 * @param undo where files go that an operator deletes; made by the first deletion
 * @param holds the file of targets that are held; absent as long as none ever was
 */
public record QueuePlaces(Path queue, Path damaged, Path undo, Path holds) {}
