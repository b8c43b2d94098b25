"""Mails as people, programs and enemies write them."""

from email.message import EmailMessage
from email.utils import make_msgid

QUESTION = "Goedendag,\n\nWanneer mag ik met mijn bestelauto niet meer de zone in?\n\nAnna"


def mail(
    text: str = QUESTION,
    *,
    subject: str = "Vraag over de zone",
    sender: str = "Anna de Bakker <anna@example.org>",
    message_id: str = "",
    html: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> EmailMessage:
    """A mail to the editors; a header `In_Reply_To` is In-Reply-To."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "redactie@zes.example", subject
    made["Message-ID"] = message_id or make_msgid(domain="mail.example.org")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def bounce(original_id: str) -> bytes:
    """The post office of another could not deliver a mail of ours (RFC 3464)."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mail.example.org>\r\nTo: loket@example.org\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce.1@mail.example.org>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n"
        "Final-Recipient: rfc822; anna@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: loket@example.org\r\nMessage-ID: {original_id}\r\nSubject: Antwoord\r\n\r\n--b--\r\n"
    ).encode()


def many_parts(count: int) -> bytes:
    """A mail with a number of parts."""
    part = b"--b\r\nContent-Type: application/pdf; name=x.pdf\r\n\r\nniets\r\n"
    head = (
        b"From: anna@example.org\r\nMessage-ID: <many@x.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    )
    return head + b"--b\r\nContent-Type: text/plain\r\n\r\nMijn vraag\r\n" + part * count + b"--b--\r\n"


def nested(depth: int) -> bytes:
    """A mail in a mail in a mail."""
    head = b"From: anna@example.org\r\nMessage-ID: <deep@x.example>\r\nSubject: diep\r\n"
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth)
    )
    return head + opening + b"Content-Type: text/plain\r\n\r\nDe vraag op de bodem\r\n"
