# What admins see. Names of commands as Telegram shows them.
command-sources = toutes les sources et leur état ; /sources add ADDRESS
command-run = lire toutes les sources maintenant
command-preview = ce que dirait un résumé maintenant ; /preview CHAT
command-digest_now = préparer et envoyer maintenant le résumé de cette discussion
command-stats = les chiffres de tout le bot
command-health = base de données, disque, files d'attente, sources : tout va bien ?
command-subscribers = qui reçoit des résumés, et quand ; /subscribers WORDS
command-broadcast = votre message à tous les abonnés
command-mute_story = un sujet dont plus personne n'est informé
command-correct = marquer un événement comme faux
command-logs = les derniers avertissements et erreurs
command-backup = la base de données dans un fichier
command-ban = ignorer une personne ou une discussion ; arrête ses résumés
command-unban = lever un blocage
command-audit = les dernières actions des administrateurs

# Answers to wrong arguments.
admin-usage-sources = /sources les affiche toutes. Pour en ajouter une, donnez son adresse et, si vous voulez, un nom :
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview montre ce que recevrait un nouvel abonné ; avec l'identifiant d'une discussion, ce qu'elle recevrait :
    <code>/preview 12345</code>
admin-usage-broadcast = Écrivez votre texte après la commande, mis en forme si vous voulez ; vous le verrez avant l'envoi :
    <code>/broadcast Demain, les résumés arriveront une heure plus tard.</code>
admin-usage-mute_story = Désignez le sujet par son numéro ou par des mots ; /mute_story seul affiche les sujets masqués :
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Donnez le numéro de l'événement et la raison, qui sera communiquée aux lecteurs :
    <code>/correct 12 Le ministère l'a démenti.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Donnez l'identifiant d'une personne ou d'une discussion ; /subscribers les affiche :
    <code>/ban 12345</code>
admin-usage-unban = Donnez l'identifiant d'une personne ou d'une discussion ; /ban seul affiche qui est bloqué :
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ Un instant…
admin-failed = ❌ Échec ; /logs dit pourquoi.
admin-cancel = Annuler
admin-called-off = Annulé ; rien n'a été fait.
admin-in-private = D'autres liraient la réponse ici. Veuillez envoyer cette commande dans notre discussion privée.
admin-more = … et { $n } de plus
admin-minutes = { $n } min
admin-hours = { $n } h
admin-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
admin-ago = il y a { $span }
admin-never = jamais
admin-oldest = , le plus ancien depuis { $span }

# /sources and /run.
admin-no-sources = Aucune source pour le moment. Donnez l'adresse d'un site, d'un flux ou d'un canal : <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}, { $rate } par jour
admin-read-ago = lue il y a { $span }
admin-never-read = jamais lue
admin-kind-feed = flux
admin-kind-listing = liste
admin-kind-sitemap = plan du site
admin-kind-channel = canal
admin-source-failing = { $failures ->
    [one] { $failures } échec
   *[other] { $failures } échecs
} de suite, prochain essai dans { $again } : { $error }
admin-source-silent = rien de nouveau depuis { $span }, ce qui est inhabituel
admin-source-moved = déplacée définitivement vers { $to }
admin-source-unverified = non vérifiée : rien n'en a jamais été lu
admin-source-configured = issue de la configuration : modifiez-la là
admin-check-now = 🔄 Vérifier maintenant
admin-pause = ⏸ Suspendre
admin-resume = ▶️ Reprendre
admin-remove = 🗑 Supprimer
admin-all-sources = ‹ Toutes les sources
admin-remove-source = Supprimer <b>{ $name }</b> ? Ses articles restent.
admin-remove-it = 🗑 Oui, supprimer
admin-removed = 🗑 <b>{ $name }</b> est supprimée ; ses articles restent.
admin-not-found = ❌ { $why }
admin-source-known = Cette source existe déjà : <b>{ $name }</b>
admin-name-taken = Il existe déjà une source <b>{ $name }</b>. Donnez un autre nom à celle-ci : <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
}, la plus récente du { $newest } :
admin-add-it = ✅ Ajouter
admin-added = ✅ <b>{ $name }</b> est ajoutée et lue dès maintenant.
admin-reading-already = ⏳ Je lis déjà les sources.
admin-nothing-to-read = Il n'y a aucune source à lire.
admin-pass = { $sign } Sources lues : { $read } sur { $of } ; nouvelles entrées : { $new }, articles enregistrés : { $stored }, pages non obtenues : { $failed }.
admin-overtaken = Vérifiées entre-temps : { $n }.
admin-put-off = ⏳ Reportées, car leurs serveurs demandent une pause : { $n }.
admin-pass-failed = ⚠️ <b>{ $name }</b> : { $error }
admin-more-sources = … et { $n } de plus : /sources
admin-alert-failing = ⚠️ <b>{ $name }</b> est illisible depuis { $span } : { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> répond, mais n'apporte rien de nouveau depuis { $span } : c'est inhabituel.
admin-alert-brings-news = ✅ <b>{ $name }</b> apporte à nouveau de l'actualité.
admin-alert-is-read = ✅ <b>{ $name }</b> est à nouveau lue.
admin-alert-disk-low = ⚠️ Le disque du dossier de données se remplit : { $free } libres sur { $total }. Sans place, rien n'est enregistré ni envoyé. Libérez de la place ou conservez moins : [retention] dans tidings.toml.
admin-alert-disk-ample = ✅ Le disque du dossier de données a de nouveau de la place : { $free } libres sur { $total }.
admin-alert-templates-broken = ⚠️ Vos modèles contiennent une erreur : { $error }
    Tant qu'ils ne sont pas corrects, aucun résumé ne peut être préparé : corrigez-les ou retirez « templates » de tidings.toml. <code>tidings check</code> les essaie.
admin-alert-templates-right = ✅ Vos modèles sont de nouveau corrects ; les résumés sont préparés.

# /preview and /digest_now.
admin-preview = 👁 Ce que recevrait maintenant un nouvel abonné ; ni conservé ni envoyé :
admin-preview-of = 👁 Ce que recevrait maintenant { $chat } ; ni conservé ni envoyé :
admin-numbers = Les numéros de ces événements, pour /correct, et de leurs sujets, pour /mute_story :
admin-number = <b>#{ $id }</b> (sujet { $story }) { $text }
admin-no-such-subscriber = Aucune discussion { $chat } ne s'est jamais abonnée ; /subscribers les affiche toutes.
admin-not-subscribed = Aucun résumé n'est envoyé dans cette discussion : /start l'abonne.
admin-digest-on-its-way = ✅ Le résumé est prêt et en route.
admin-digest-already = Il a déjà été préparé à cette minute même.
admin-digest-busy = Des résumés sont en cours de préparation. Veuillez réessayer dans un instant.

# /stats.
admin-stats-sources = Sources
admin-stats-failing = Sources en échec
admin-stats-articles = Articles
admin-stats-articles-today = Articles en 24 heures
admin-stats-developments = Événements
admin-stats-developments-today = Événements en 24 heures
admin-stats-subscribers = Abonnés
admin-stats-stopped = Abonnés désinscrits
admin-stats-gone = Discussions disparues
admin-stats-digests-today = Résumés en 24 heures
admin-stats-waiting = Messages en attente
admin-stats-sent-today = Messages envoyés en 24 heures
admin-stats-parked = Messages mis de côté
admin-stats-articles-a-day = Articles par jour (UTC)
admin-stats-kinds = Événements en 7 jours

# /health.
admin-health-database = Base de données : <b>{ $size }</b>
admin-health-disk = Espace libre sur le disque du dossier de données : <b>{ $free }</b>
admin-health-templates = Les modèles contiennent une erreur, aucun résumé ne peut être préparé : { $error }
admin-health-fetch = Dernière source lue : <b>{ $when }</b> ; à lire maintenant : { $due }
admin-health-pages = Pages à récupérer : <b>{ $n }</b>
admin-health-unread = Articles à lire : <b>{ $n }</b>{ $oldest }
admin-health-waiting = Messages en attente : <b>{ $n }</b>{ $oldest }
admin-health-parked = Messages abandonnés : <b>{ $n }</b>
admin-health-delivering = En cours d'envoi : <b>{ $sent }</b> sur { $all } envoyés, { $rate } par seconde ; reste { $left }
admin-health-digest = Dernier résumé préparé : <b>{ $when }</b>
admin-health-poller = Les mises à jour de Telegram sont relevées ; processus actifs : <b>{ $processes }</b>
admin-health-stuck = À l'arrêt : <b>{ $loops }</b>. Si cela dure, je redémarrerai.
admin-loop-scraping = lecture des sources
admin-loop-fetching = récupération des pages
admin-loop-reading = lecture des articles
admin-loop-compiling = préparation des résumés
admin-loop-delivering = envoi
admin-loop-alerting = avis aux administrateurs
admin-loop-disk = surveillance du disque
admin-loop-keeping = suppression de l'ancien
admin-loop-listening = écoute de Telegram
admin-health-errors = Erreurs en 24 heures : <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = Aucun abonné avec ces mots. /subscribers seul les affiche tous.
admin-nobody-yet = Personne ne s'est encore abonné.
admin-subscribers = { $n ->
    [one] { $n } abonné
   *[other] { $n } abonnés
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = désabonné
admin-state-gone = disparue
admin-nobody = Il n'y a aucun abonné : personne à qui l'envoyer.
admin-broadcast = 📣 Envoyer ceci à { $n ->
    [one] { $n } abonné
   *[other] { $n } abonnés
} ?
admin-send-it = 📣 Envoyer
admin-broadcast-on-its-way = 📣 En route vers { $n ->
    [one] { $n } abonné
   *[other] { $n } abonnés
}. /stats indique combien de messages attendent encore.

# /mute_story and /correct.
admin-no-such-story = Aucun sujet « { $words } ».
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}, dernière info { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}, dernière info { $last } · masqué pour tous
admin-no-such-development = L'événement #{ $id } n'existe pas. /preview affiche les numéros.
admin-correct = Marquer #{ $id } comme faux ?
    « { $summary } »
    Rapporté par { $outlets } ; envoyé à { $told ->
    [one] { $told } abonné
   *[other] { $told } abonnés
}.
    La raison, telle qu'elle sera donnée aux lecteurs :
    « { $why } »
admin-mark-it = ⏹ Marquer
admin-corrected = ⏹ #{ $id } est marqué comme faux :
    « { $why } »
    Ceux qui l'ont reçu l'apprendront dans le prochain résumé.
    <code>/correct { $id } undo</code> annule cette correction.
admin-corrected-already = #{ $id } est déjà marqué comme faux :
    « { $why } »
    <code>/correct { $id } undo</code> annule cette correction.
admin-correction-undone = #{ $id } n'est plus marqué comme faux : « { $summary } »
admin-not-corrected = #{ $id } n'est pas marqué comme faux : « { $summary } »

# /logs, /audit, /backup.
admin-no-errors = ✅ Aucun avertissement ni erreur depuis mon démarrage.
admin-logs = Les { $n } derniers avertissements et erreurs, du plus récent au plus ancien :
admin-no-acts = Les administrateurs n'ont encore rien fait.
admin-backing-up-already = ⏳ Une sauvegarde est déjà en cours.
admin-backup-failed = ❌ Aucune sauvegarde n'a été faite :
admin-backup-caption = Toute la base de données. <code>tidings restore --replace FILE</code> la restaure. Elle contient les discussions des lecteurs : gardez-la pour vous.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = { $name } fait { $size }, plus que ce qu'un bot peut envoyer. Elle est conservée sur ma machine : <code>{ $path }</code>
admin-backup-kept = { $name }, { $size }, n'a pas pu être envoyée. Elle est conservée sur ma machine : <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id } est bloqué : ce qui vient de là est ignoré et ses résumés sont arrêtés. <code>/unban { $id }</code> lève le blocage.
admin-banned-already = { $id } est déjà bloqué.
admin-ban-of-admin = { $id } est administrateur, et un administrateur ne peut pas être bloqué. Retirez-le d'abord de « admins » dans la configuration.
admin-unbanned = ✅ { $id } peut à nouveau utiliser le bot ; ses résumés reviendront dès l'envoi de /start.
admin-not-banned = { $id } n'est pas bloqué.
admin-bans = { $n ->
    [one] { $n } blocage
   *[other] { $n } blocages
} :
admin-ban = 🚫 <code>{ $id }</code> { $title }, depuis { $at }
