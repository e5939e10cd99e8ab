# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
