"""The pages of this room: concerns of unfair treatment, who fares worse, and what was released."""
