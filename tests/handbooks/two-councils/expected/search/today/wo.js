handbook.part("office officer officers once open openness")
