"""How Polish writes a day inside a sentence: 31 grudnia 2026 roku."""

DATE_FORMAT = r"j E Y \r\o\k\u"
DATETIME_FORMAT = r"j E Y \r\o\k\u, H:i"
MONTH_DAY_FORMAT = "j E"
