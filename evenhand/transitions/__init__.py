"""From children's services to adult life."""
