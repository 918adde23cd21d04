# No provider block here, nor above: where this bucket lands is decided two files away.
resource "aws_s3_bucket" "exports" {
  bucket = "carnet-exports"
  tags   = { data = "marks" }
}
