part("take time transparent")
