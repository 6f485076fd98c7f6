handbook.part("noted notes")
