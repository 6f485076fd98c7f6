handbook.part(["!","!"])
