"""Files that only the people concerned may open: they live in the kernel, since every app keeps some."""

from marketplace.kernel.private_files import PrivateFile as PrivateFile
from marketplace.kernel.private_files import private_storage as private_storage
from marketplace.kernel.private_files import unguessable_name as unguessable_name
