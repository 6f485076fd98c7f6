part(["5","E"])
