handbook.part("years")
