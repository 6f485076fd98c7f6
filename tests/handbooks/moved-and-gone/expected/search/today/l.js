handbook.part(["5","E"])
