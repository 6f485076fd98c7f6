part("decisions")
