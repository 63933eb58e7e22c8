locals {
}
