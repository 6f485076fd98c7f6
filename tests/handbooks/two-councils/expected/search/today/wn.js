handbook.part("named near")
