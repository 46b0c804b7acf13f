package org.confmail.server.dht;

import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;

/** What a node counts. */
record DhtCounters(
        Counter requestsReceived,
        Counter requestsSent,
        Counter requestsDropped,
        Counter timeOuts,
        Counter answersUnasked,
        Counter answersSpoofed,
        Counter answersOfOthers,
        Counter lookups,
        Counter lookupsRefused,
        Counter lookupsCrowded,
        Counter valuesFound,
        Counter valuesFalse,
        Counter blocksKept,
        Counter blocksRefused,
        Counter blocksWithoutRoom,
        Counter blocksPublished,
        Counter blocksReplicated,
        Counter blocksExpired) {

    /** The counters, registered under their names. */
    static DhtCounters in(Metrics metrics) {
        return new DhtCounters(
                metrics.counter("dht_requests_received_total", "Requests of other nodes."),
                metrics.counter("dht_requests_sent_total", "Requests to other nodes."),
                metrics.counter("dht_requests_dropped_total", "Requests left unanswered because too much was to do."),
                metrics.counter("dht_time_outs_total", "Requests that were not answered."),
                metrics.counter("dht_answers_unasked_total", "Answers to nothing, or too late."),
                metrics.counter("dht_answers_spoofed_total", "Answers from another address than was asked."),
                metrics.counter("dht_answers_of_others_total", "Answers of another node than was asked."),
                metrics.counter("dht_lookups_total", "Lookups of keys and nodes."),
                metrics.counter("dht_lookups_refused_total", "Lookups refused because too many were under way."),
                metrics.counter("dht_lookups_crowded_total", "Lookups that met a crowd of nodes near their key."),
                metrics.counter("dht_values_found_total", "Blocks found at other nodes."),
                metrics.counter("dht_values_false_total", "Values of other nodes that were no valid blocks."),
                metrics.counter("dht_blocks_kept_total", "Blocks of other nodes that changed what is held."),
                metrics.counter("dht_blocks_refused_total", "Blocks of other nodes that were invalid."),
                metrics.counter("dht_blocks_without_room_total", "Blocks of other nodes for which there was no room."),
                metrics.counter("dht_blocks_published_total", "Blocks of clients given to the DHT."),
                metrics.counter("dht_blocks_replicated_total", "Held blocks given to the DHT again."),
                metrics.counter("dht_blocks_expired_total", "Held blocks that were deleted because of their age."));
    }
}
