handbook.part(["&","*"])
