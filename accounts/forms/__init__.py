"""What people type about themselves. Signing in has its own module, `accounts.entrance_forms`, that needs this one."""
