// Lines and points that mark a day, a limit, an alert.
import { MarkLineComponent, MarkPointComponent } from 'echarts/components';
import { use } from 'echarts/core';

use([MarkLineComponent, MarkPointComponent]);
