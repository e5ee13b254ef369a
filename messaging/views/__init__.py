"""Pages of messaging: the inbox and the notifications, the public pages, the contact page."""
