"""British dates: Monday 23 November 2026, 2:20 pm. Python writes "p.m."; `kernel.clock.in_words` takes its dots away."""

DATE_FORMAT = "l j F Y"
TIME_FORMAT = "g:i\u00a0a"
DATETIME_FORMAT = "l j F Y, g:i\u00a0a"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, g:i\u00a0a"
