handbook.part([["Openness","","","../principles/openness/",[["","","Holders of public office should act and take decisions in an open and transparent manner."]],[],2,""]])
