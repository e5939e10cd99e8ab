# /settings and its menus.
settings-title = ⚙️ <b>Réglages de cette discussion</b>
settings-line-stopped = ⏸ Aucun résumé n'est envoyé ici pour le moment.
settings-line-times = 🕗 Heures : <b>{ $value }</b>
settings-line-days = 📅 Jours : <b>{ $value }</b>
settings-line-zone = 🌍 Fuseau horaire : <b>{ $value }</b>
settings-line-kinds = 🗂 Types : <b>{ $value }</b>
settings-line-topics = 🏷 Thèmes : <b>{ $value }</b>
settings-line-watched = 👁 Suivis : <b>{ $value }</b>
settings-line-muted = 🔇 Masqués : <b>{ $value }</b>
settings-line-sources = 📰 Sources : <b>{ $value }</b>
settings-line-quiet = 🌙 Heures calmes : <b>{ $value }</b>
settings-line-sound = 🔔 Envoi des messages : <b>{ $value }</b>
settings-line-alerts = 🚨 Alertes : <b>{ $value }</b>
settings-line-chart = 📊 Graphique de la semaine : <b>{ $value }</b>
settings-line-language = 🗣 Langue : <b>{ $value }</b>

settings-all = tous
settings-none = aucune
settings-never = jamais
settings-every-day = tous les jours
settings-on-days = le { $days }
settings-all-topics = toute l'actualité
settings-any-sources = une suffit
settings-sources-n = { $n } ou plus
settings-alerts-n = { $n ->
    [one] une par jour au plus
   *[other] { $n } par jour au plus
}
settings-sound-on = avec son
settings-sound-off = en silence
settings-as-telegram = celle de Telegram

settings-times = 🕗 Heures
settings-zone = 🌍 Fuseau horaire
settings-days = 📅 Jours
settings-kinds = 🗂 Types
settings-topics = 🏷 Thèmes
settings-names = 👁 Noms
settings-stories = 🔇 Sujets masqués
settings-sources = 📰 Sources
settings-quiet = 🌙 Heures calmes
settings-silent = 🔕 Sans son
settings-with-sound = 🔔 Avec son
settings-alerts = 🚨 Alertes
settings-chart = 📊 Graphique
settings-language = 🗣 Langue
settings-done = ✔️ Terminé
settings-back = ⬅️ Retour
settings-subscribe = ✅ Recevoir les résumés ici
settings-again = Pour les modifier à nouveau : /settings
settings-not-subscribed = Cette discussion ne reçoit pas encore de résumés. Abonnez-vous d'abord ; tout pourra ensuite être réglé.

settings-times-menu = 🕗 Quand les résumés doivent-ils arriver ? Chaque heure peut être modifiée ou retirée.
settings-add-time = ➕ Autre heure
settings-which-hour = 🕗 À quelle heure ?
settings-which-minute = 🕗 Et à quelle minute ?
settings-times-full = Une discussion reçoit au maximum { $n } résumés par jour.
settings-last-time = Il doit rester une heure. Pour ne plus recevoir de résumés, envoyez /stop.

settings-zone-menu = 🌍 Où êtes-vous ? Choisissez une ville à la même heure que vous, saisissez la vôtre ou partagez votre position (📎).
settings-region-europe = Europe
settings-region-middle-east = Moyen-Orient
settings-region-africa = Afrique
settings-region-asia = Asie
settings-region-oceania = Australie et Océanie
settings-region-north-america = Amérique du Nord
settings-region-south-america = Amérique latine
settings-type-city = ⌨️ Saisir une ville
settings-ask-city = 🌍 Quelle ville est à la même heure que vous ? Répondez par son nom ou partagez votre position (📎).
settings-example-zone = Écrivez la commande avec une ville : <code>/zone Lviv</code>
settings-which-place = Plusieurs lieux s'appellent « { $words } ». Lequel est-ce ?
settings-zone-set = ✅ Votre fuseau horaire est <b>{ $zone }</b> ; il y est { $now }.
settings-no-zone-there = Je ne connais pas de fuseau horaire pour ce lieu. Envoyez une ville : <code>/zone Lviv</code>

settings-menu-d = 📅 Quels jours les résumés doivent-ils arriver ? Le suivant couvre aussi les jours intermédiaires.
settings-menu-k = 🗂 Quels types de nouvelles les résumés doivent-ils contenir ?
settings-menu-p = 🏷 Quels thèmes les résumés doivent-ils couvrir ?
settings-menu-m = 📰 Combien de sources doivent rapporter un fait avant qu'il vous soit signalé ?
settings-menu-a = 🚨 Combien d'alertes sur les grands événements peuvent arriver par jour, en plus des résumés ?
settings-menu-c = 📊 Quel jour le graphique de la semaine doit-il arriver ?
settings-menu-l = 🗣 Dans quelle langue dois-je vous parler ? Le texte des articles reste tel qu'il a été écrit.
settings-menu-q = 🌙 À quelles heures ne faut-il rien envoyer ?
settings-quiet-own = ✏️ Autres heures
settings-quiet-from = 🌙 À partir de quelle heure ne faut-il rien envoyer ?
settings-quiet-to = 🌙 Et jusqu'à quelle heure ?
settings-one-has-to-stay = Il doit rester au moins un choix. Pour ne plus recevoir de résumés, envoyez /stop.

settings-names-menu = 👁 Les noms suivis passent en premier, même quand l'information est incertaine ; 🔇 les noms masqués sont omis. Un bouton retire un nom de la liste.
settings-add-watched = ➕ 👁 Suivre
settings-add-muted = ➕ 🔇 Masquer
settings-ask-watch = 👁 Quel nom faut-il suivre ? Répondez par celui d'une personne, d'un organisme ou d'un lieu.
settings-ask-mute = 🔇 Quel nom faut-il masquer ? Répondez par celui d'une personne, d'un organisme ou d'un lieu.
settings-example-watch = Écrivez la commande avec un nom : <code>/watch Geneva</code>
settings-example-mute = Écrivez la commande avec un nom : <code>/mute Geneva</code>
settings-watched = 👁 Suivi désormais : <b>{ $name }</b>
settings-muted = 🔇 Masqué désormais : <b>{ $name }</b>
settings-wrong-name = Je ne peux pas chercher ce nom : il doit contenir au moins une lettre, et { $n } caractères au maximum.
settings-names-full = Une discussion peut avoir au maximum { $n } noms et sujets. Retirez-en d'abord un de la liste dans /settings.
settings-stories-menu = 🔇 Sujets dont vous ne recevez plus rien. Un bouton retire un sujet de la liste.
settings-no-stories = 🔇 Aucun sujet n'est masqué. Le bouton sous un sujet le masque.
settings-story-muted = 🔇 Vous ne recevrez plus rien sur ce sujet : <b>{ $story }</b>
settings-story-unmuted = 🔔 Vous recevez à nouveau ce sujet : <b>{ $story }</b>
settings-story-is-muted = Ce sujet est déjà masqué.
settings-no-such-story = Ce sujet n'existe plus.
settings-subscribe-first = Abonnez-vous d'abord avec /start ; vous pourrez ensuite masquer un sujet.
settings-undo = ↩️ Annuler
settings-mute-again = 🔇 Masquer à nouveau
