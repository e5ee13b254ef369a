"""French dates: lundi 23 novembre 2026 à 14 h 20, its spaces around the hour unbreakable."""

DATE_FORMAT = "l j F Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "l j F Y \\à G\u00a0\\h\u00a0i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y G\u00a0\\h\u00a0i"
