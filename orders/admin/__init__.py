"""Orders in the administration, by stage of their life. Rows are read; buttons call the actions with a reason."""

from orders.admin import calls as calls
from orders.admin import changes as changes
from orders.admin import declarations as declarations
from orders.admin import ended as ended
from orders.admin import events as events
from orders.admin import orders as orders
from orders.admin import requests as requests
