"""From children's services to adult life: who has which standing as a care leaver."""
