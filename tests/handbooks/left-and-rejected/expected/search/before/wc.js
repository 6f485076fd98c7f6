handbook.part("ceremonies")
