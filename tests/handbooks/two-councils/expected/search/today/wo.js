handbookIndex("wo","office officer officers once open openness");
