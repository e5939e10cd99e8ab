# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = page { $page } sur { $pages }
browse-more = ➕ Plus ({ $n })
browse-rest = ➕ <b>Aussi</b> : { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
browse-found = 🔎 <b>{ $words }</b> : { $n ->
    [1001] plus de 1000 résultats
    [one] { $n } résultat
   *[other] { $n } résultats
}
browse-nothing-found = 🔎 Aucun résultat pour « { $words } ». Essayez moins de mots ou d'autres mots ; la recherche se fait en anglais.
browse-search-how = 🔎 Écrivez ce que vous cherchez : <code>/search grain port</code>
    • des mots qui se suivent : <code>/search "grain port"</code>
    • sans un mot : <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, du plus récent au plus ancien : { $n ->
    [1001] plus de 1000 événements
    [one] { $n } événement
   *[other] { $n } événements
}
browse-no-timeline = 🕰 Je ne sais rien sur « { $words } ». Écrivez les noms comme dans la presse en anglais ; pour chercher des mots, utilisez /search.
browse-timeline-how = 🕰 Écrivez de qui ou de quoi il s'agit, une personne, un pays ou un lieu : <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>À venir</b> : { $n ->
    [one] { $n } rendez-vous
   *[other] { $n } rendez-vous
}
browse-no-upcoming = 📅 À ma connaissance, rien n'est prévu.
browse-stories = 🧵 <b>Sujets en cours</b>, avec leurs événements des deux dernières semaines. Choisissez-en un :
browse-stories-found = 🧵 Sujets avec <b>{ $words }</b>. Choisissez-en un :
browse-no-stories = 🧵 Aucun sujet en cours pour le moment : ils viennent avec l'actualité.
browse-no-such-story = 🧵 Aucun sujet avec « { $words } ». Tous les sujets en cours : /story
browse-story-how = 🧵 Écrivez sur quoi porte le sujet : <code>/story grain</code>. Tous les sujets en cours : /story
browse-story = 🧵 <b>{ $story }</b>
    Depuis le { $since } · { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
browse-story-gone = Ce sujet n'existe plus. Les sujets en cours : /story
browse-all-stories = 🧵 Tous les sujets
browse-mute = 🔇 Masquer ce sujet
browse-watch = 👁 Suivre
browse-unwatch = 👁 Ne plus suivre
browse-subscribe-first = Abonnez-vous d'abord avec /start ; vous pourrez ensuite suivre un sujet.
browse-outlets = 📰 <b>Qui a le plus publié ces 7 derniers jours</b>
browse-no-outlets = 📰 Rien n'a été publié ces 7 derniers jours.
browse-outlet = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}, { $developments ->
    [one] { $developments } événement
   *[other] { $developments } événements
}, dernière activité : { $seen }
browse-no-digest = Aucun résumé n'a encore été envoyé ici. Les nouveautés du moment : /latest
browse-no-digest-here = Aucun résumé n'est envoyé ici. Pour vous abonner : /start ; les nouveautés du moment : /latest
browse-export = 📦 Les réglages de cette discussion et les résumés envoyés ici que j'ai encore.
browse-this-topic = Cela ne concerne que ce sujet : les autres sujets du groupe ont les leurs.
browse-nothing-known = Je ne sais rien de cette discussion : elle n'a jamais été abonnée.
browse-forget = 🗑 Faut-il effacer tout ce que je sais de cette discussion : l'abonnement, les réglages et les résumés envoyés ?
    C'est irréversible. Pour en garder d'abord une copie : /export
browse-forget-yes = 🗑 Tout effacer
browse-forget-no = Conserver
browse-forgotten = 🗑 C'est fait : je ne sais plus rien de cette discussion. /start permet de recommencer.
browse-kept = 👍 Tout reste comme avant.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = La semaine en événements
chart-tolls = Morts et blessés dans les frappes
chart-killed = Morts
chart-wounded = Blessés
chart-nothing = Rien n'a été signalé
chart-no-tolls = Aucun mort ni blessé signalé
chart-caption = 📊 <b>Les 7 derniers jours</b> : { $developments ->
    [one] { $developments } événement
   *[other] { $developments } événements
}
    Dans des frappes, morts : { $killed } ; blessés : { $wounded }
    <i>Quand des chiffres sont donnés, selon le jour du premier signalement.</i>
