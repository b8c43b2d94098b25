"""How Ukrainian writes a day inside a sentence: 31 грудня 2026 року."""

DATE_FORMAT = "j E Y року"
DATETIME_FORMAT = "j E Y року, H:i"
MONTH_DAY_FORMAT = "j E"
