// Package localplaces serves folders of this machine over S3 and SFTP, on
// loopback and for one process: for the demonstration and for tests. It must
// not import etl/source, which is its client.
package localplaces

import (
	"net"
)

// loopback listens on a free port of this machine.
func loopback() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }
