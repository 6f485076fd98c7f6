handbook.part("decisions")
