part("ceremonies")
