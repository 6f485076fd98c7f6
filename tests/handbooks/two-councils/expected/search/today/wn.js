part("named near")
