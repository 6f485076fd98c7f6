part("noted notes")
