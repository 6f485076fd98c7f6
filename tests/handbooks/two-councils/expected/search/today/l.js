handbook.part(["61F$",";B* "])
