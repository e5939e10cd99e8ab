# Commands, as Telegram's menu and /help list them.
command-start = ce que je fais, et votre premier résumé
command-subscribe = heure et fuseau horaire de votre résumé : /subscribe 07:30 Kyiv
command-zone = votre fuseau horaire, d'après une ville : /zone Lviv
command-watch = davantage sur une personne, un organisme ou un lieu : /watch Geneva
command-mute = ne plus rien recevoir sur une personne, un organisme ou un lieu : /mute Geneva
command-settings = heure, types, thèmes, noms suivis et masqués, langue
command-latest = les nouveautés depuis votre dernier résumé
command-digest = le résumé du jour, à nouveau
command-search = chercher des mots dans toute l'actualité : /search grain port
command-story = un sujet en cours depuis le début
command-timeline = ce qui a concerné une personne, un pays ou un lieu : /timeline Geneva
command-upcoming = les rencontres prévues
command-chart = la semaine en un graphique
command-outlets = quels médias publient, et à quelle fréquence
command-export = vos réglages et vos résumés dans un fichier
command-forget = efface tout ce que je sais de cette discussion
command-stop = ne plus recevoir de résumés
command-whoami = votre identifiant et celui de cette discussion
command-help = toutes les commandes

# Answers that belong to no family of commands.
bot-hint = Je n'ai pas compris. Je fonctionne par commandes : /help les affiche toutes, et /settings propose des boutons pour tout.
bot-help = ❔ Toutes les commandes
bot-sorry = Un problème est survenu de mon côté ; il figure dans mon journal. Veuillez réessayer dans une minute.
bot-too-long = Cette recherche prend trop de temps. Veuillez préciser votre demande ou réessayer plus tard.
bot-admins-only = Cette commande est réservée aux administrateurs de ce bot. Si vous en êtes un, ajoutez l'identifiant affiché par /whoami à « admins » dans la configuration.
bot-group-admins-only = Seuls les administrateurs de ce groupe peuvent modifier ses réglages.
bot-stale = Ce bouton n'est plus valable. Veuillez renvoyer la commande.
bot-too-fast = Cela fait beaucoup d'un coup. Veuillez patienter { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}.
bot-for-digests = 📰 Votre résumé
bot-for-looking-up = 🔎 Consulter
bot-for-chats = 💬 Cette discussion
bot-for-admins = 🛠 Pour les administrateurs
bot-user-id = Votre identifiant : <code>{ $id }</code>
bot-no-user = Je ne vois pas l'auteur des messages d'un canal.
bot-chat-id = Cette discussion : <code>{ $id }</code>
bot-topic-id = sujet <code>{ $id }</code>
bot-you-are-admin = Vous êtes administrateur de ce bot.

# /start, /subscribe, /stop.
bot-welcome = 👋 Je lis l'actualité et vous envoie un résumé : qui s'est rencontré, ce qui a été frappé, qui a dit quoi. Chaque événement n'est raconté qu'une fois ; ensuite, seulement ce qui a changé.
bot-no-sources = ⚠️ Je n'ai pas encore de sources : il n'y a rien à raconter tant que mon propriétaire n'en ajoute pas.
bot-what-next = Les nouveautés du moment : /latest
    Toutes les commandes : /help
bot-subscribed = ✅ Abonnement activé.
bot-stopped = 👋 Plus aucun résumé ne sera envoyé ici. /start les rétablit, à la même heure.
bot-was-stopped = Aucun résumé n'est envoyé ici. Pour vous abonner : /start.
bot-daily = Le résumé arrive { $days } à <b>{ $times }</b> ({ $zone }).
bot-on-its-way = Le prochain est en route.
bot-first-edition = Le premier : <b>{ $when }</b> ; il couvre les 24 heures précédentes.
bot-next-edition = Le prochain : <b>{ $when }</b>.
bot-wrong-time = Je ne reconnais pas d'heure dans « { $words } ». Écrivez heures et minutes, de 00:00 à 23:59.
bot-unknown-zone = Je ne connais ni ville ni fuseau horaire « { $words } ».
bot-zone-form = Écrivez une ville, comme <code>Lviv</code> ou <code>Springfield, Missouri</code>, ou le nom d'un fuseau, comme <code>Europe/Kyiv</code>.
bot-examples = Exemples :
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Autre heure
bot-other-zone = 🌍 Autre fuseau
bot-settings = ⚙️ Tous les réglages
bot-topic-set = 🏷 Vous suivez : <b>{ $topics }</b>. Autres thèmes : /settings
bot-no-such-topic = ⚠️ Le thème de ce lien n'existe plus. Thèmes disponibles : /settings
bot-greeting = 👋 Je lis l'actualité et j'envoie un résumé : qui s'est rencontré, ce qui a été frappé, qui a dit quoi. Un administrateur de ce groupe peut l'y abonner, avec une heure et le fuseau horaire d'une ville :
    <code>/subscribe 07:30 Lviv</code>
