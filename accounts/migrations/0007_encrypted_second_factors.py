"""What stood in plain is encrypted: secrets of authenticator apps, and seeds of recovery codes.

Backwards they stand in plain again, for the version before. What no key opens stays as it is.
"""

from django.db import migrations

from accounts import cipher


def encrypt(apps, schema_editor):
    cipher.reencrypt_rows(apps.get_model("mfa", "Authenticator").objects.all())


def decrypt(apps, schema_editor):
    cipher.reencrypt_rows(apps.get_model("mfa", "Authenticator").objects.all(), cipher.decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_role_changes_not_emptied"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
