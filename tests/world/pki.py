"""A certificate authority for demonstration and tests, marked so that production refuses it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.report.paper.signing import AgencySeal
from app.report.paper.trust import DEMONSTRATION_OID

_YEARS = timedelta(days=3653)


@dataclass(frozen=True)
class Authority:
    """A certificate authority: its certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate, as verification takes it for a root."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def make_demo_authority(marked: bool = True, now: datetime | None = None) -> Authority:
    """A root; ``marked`` as a demonstration root. Unmarked ones are for tests only."""
    key = ec.generate_private_key(ec.SECP256R1())
    title = "演示根证书（仅供演示）" if marked else "测试根证书"
    name = _name("演示证书机构", title)
    builder = _builder(name, name, key, now or datetime.now(UTC))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    if marked:
        mark = x509.UnrecognizedExtension(x509.ObjectIdentifier(DEMONSTRATION_OID), b"\x05\x00")
        builder = builder.add_extension(mark, critical=False)
    return Authority(builder.sign(key, hashes.SHA256()), key)


def issue_agency_certificate(
    authority: Authority, agency_name: str, code: str, now: datetime | None = None
) -> AgencySeal:
    """An agency's seal: a new P-256 key and a certificate that names agency and region code."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(agency_name, "核对报告专用章", code)
    issuer = authority.certificate.subject
    builder = _builder(subject, issuer, key, now or datetime.now(UTC))
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    purpose = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
    builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    certificate = builder.sign(authority.key, hashes.SHA256())
    return AgencySeal(
        name=agency_name,
        certificate=certificate.public_bytes(serialization.Encoding.PEM),
        private_key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        chain=(authority.pem,),
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
    )


def _name(organisation: str, title: str, code: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, title),
    ]
    if code:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, code))
    return x509.Name(parts)


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
