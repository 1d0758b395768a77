"""What is served: the app in a browser, for one person with the link. Only this room imports aiohttp."""
