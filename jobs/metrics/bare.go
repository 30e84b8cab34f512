package metrics

import (
	"errors"
	"net/url"

	dto "github.com/prometheus/client_model/go"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/protobuf/proto"
)

// ErrAddress stands for what is wrong with an address that must not be told.
var ErrAddress = errors.New("the address is none, or does not answer as it should")

// Bare is an error of a request without the address it went to; the name of a
// host that nobody knows may be in it.
func Bare(err error) error {
	var request *url.Error
	if errors.As(err, &request) {
		return request.Err
	}
	return ErrAddress
}

// withoutJob leaves the label job away: a Pushgateway takes it from the group.
type withoutJob struct{ prometheus.Gatherer }

// Gather copies what it changes: families may be shared.
func (g withoutJob) Gather() ([]*dto.MetricFamily, error) {
	families, err := g.Gatherer.Gather()
	for _, family := range families {
		for i, metric := range family.Metric {
			bare := proto.CloneOf(metric)
			bare.Label = nil
			for _, label := range metric.Label {
				if label.GetName() != "job" {
					bare.Label = append(bare.Label, label)
				}
			}
			family.Metric[i] = bare
		}
	}
	return families, err
}
