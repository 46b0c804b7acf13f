package org.confmail.server.openpgp;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.WNafUtil;

/**
 * A curve of Bouncy Castle's with faster numbers. Bouncy Castle has fast ones of its own for the curves of NIST, but calculates
 * with BigInteger on those of Brainpool, where a signature took 3 to 6 ms to verify. All but the numbers is still its own.
 */
final class PrimeCurve extends ECCurve.Fp {
    private static final Map<ASN1ObjectIdentifier, ECDomainParameters> BRAINPOOL = List.of(
                    TeleTrusTObjectIdentifiers.brainpoolP256r1,
                    TeleTrusTObjectIdentifiers.brainpoolP384r1,
                    TeleTrusTObjectIdentifiers.brainpoolP512r1)
            .stream()
            .collect(Collectors.toMap(Function.identity(), PrimeCurve::domain));

    private final PrimeField numbers;

    private PrimeCurve(ECCurve curve) {
        this(new PrimeField(curve.getField().getCharacteristic()), curve);
    }

    private PrimeCurve(PrimeField numbers, ECCurve curve) {
        this.numbers = numbers; // the superclass asks for elements already
        super(
                numbers.prime(),
                curve.getA().toBigInteger(),
                curve.getB().toBigInteger(),
                curve.getOrder(),
                curve.getCofactor(),
                true);
    }

    private static ECDomainParameters domain(ASN1ObjectIdentifier name) {
        ECDomainParameters slow = ECNamedDomainParameters.lookup(name);
        PrimeCurve curve = new PrimeCurve(slow.getCurve());
        ECPoint base = curve.importPoint(slow.getG());
        WNafUtil.configureBasepoint(base);
        return new ECDomainParameters(curve, base, slow.getN(), slow.getH());
    }

    /** The same key, on a curve with fast numbers. */
    static ECPublicKeyParameters fast(ECPublicKeyParameters key) {
        ECDomainParameters domain =
                key.getParameters() instanceof ECNamedDomainParameters named ? BRAINPOOL.get(named.getName()) : null;
        return domain == null
                ? key
                : new ECPublicKeyParameters(domain.getCurve().importPoint(key.getQ()), domain);
    }

    @Override
    public ECFieldElement fromBigInteger(BigInteger number) {
        if (number.signum() < 0 || number.compareTo(numbers.prime()) >= 0) {
            throw new IllegalArgumentException("no number of the field");
        }
        return PrimeFieldElement.of(numbers, number);
    }

    @Override
    protected ECCurve cloneCurve() {
        return new PrimeCurve(numbers, this);
    }
}
