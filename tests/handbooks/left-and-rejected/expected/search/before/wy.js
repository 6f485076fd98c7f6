part("years")
