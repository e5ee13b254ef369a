"""The demo world: believable French content and pictures drawn by code, as plain data.

Nothing here touches Django: the seed command reads these modules and writes the models.
"""
