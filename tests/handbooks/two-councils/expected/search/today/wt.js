handbook.part("take time transparent")
