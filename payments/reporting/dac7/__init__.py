"""The yearly declaration of sellers by platforms (Directive (EU) 2021/514, CGI art. 242 bis and 1649 ter A to E)."""


class NotValid(Exception):
    """The file does not fit the schema."""
