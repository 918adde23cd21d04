package main

import rego.v1

# What LOC-01, SEC-03, SEC-05 and CLS-01 ask of the resources of the plan, as far as a plan alone tells.

allowed := {"eu-west-3"}

stores := {"aws_s3_bucket", "aws_db_instance", "aws_sqs_queue"}

pupils := {"eleves-resultats", "eleves-identites", "eleves-scolarite", "eleves-sante", "eleves-social"}

after(change) := change.change.after if not "delete" in change.change.actions

deny contains message if {
	some change in input.resource_changes
	change.type in stores
	values := after(change)
	values.tags["data-class"] in pupils
	not values.region in allowed
	message := sprintf("LOC-01 %s: %s", [change.address, values.region])
}

deny contains message if {
	some change in input.resource_changes
	change.type in stores
	values := after(change)
	not values.tags["data-class"]
	message := sprintf("CLS-01 %s", [change.address])
}

deny contains message if {
	some change in input.resource_changes
	change.type == "aws_db_instance"
	after(change).storage_encrypted != true
	message := sprintf("SEC-05 %s", [change.address])
}

deny contains message if {
	some change in input.resource_changes
	change.type == "aws_sqs_queue"
	after(change).sqs_managed_sse_enabled != true
	message := sprintf("SEC-05 %s", [change.address])
}

deny contains message if {
	some change in input.resource_changes
	change.type == "aws_s3_bucket_public_access_block"
	values := after(change)
	some name in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	values[name] != true
	message := sprintf("SEC-03 %s: %s", [change.address, name])
}
